import { ImageOff } from "lucide-react";
import { useEffect, useState } from "react";

/** An encoded picture, shown by a blob URL that lives as long as the element. */
export function Picture({ bytes, alt, className }: { bytes: Uint8Array; alt: string; className?: string }) {
  const [url, setUrl] = useState<string>();
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
    setUrl(made);
    setBroken(false);
    return () => URL.revokeObjectURL(made);
  }, [bytes]);
  if (broken) return <ImageOff className="picture-broken" size={16} strokeWidth={1.7} aria-label="Damaged picture" />;
  return (
    <span className={className ? `picture ${className}` : "picture"}>
      {url && <img src={url} alt={alt} decoding="async" loading="lazy" onError={() => setBroken(true)} />}
    </span>
  );
}
