/** The mark: a table of four cells, one for each modality. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg aria-hidden width={size} height={size} viewBox="0 0 20 20" focusable="false">
      <title>Polytab</title>
      <rect x="1" y="1" width="8" height="8" rx="2.2" fill="var(--text)" />
      <circle cx="15" cy="5" r="4" fill="var(--image)" />
      <rect x="1" y="11" width="8" height="8" rx="4" fill="var(--categorical)" />
      <path
        d="M12.6 11h4.8A1.6 1.6 0 0 1 19 12.6v4.8a1.6 1.6 0 0 1-1.6 1.6H12.6A1.6 1.6 0 0 1 11 17.4v-4.8Z"
        fill="var(--numeric)"
      />
    </svg>
  );
}
