/** How long a message may be before a program cuts, splits or refuses it, in characters, as its makers state it. */
export const CHAT_LIMITS: readonly { where: string; most: number; note?: string }[] = [
  { where: "A line of plain-text e-mail", most: 998, note: "longer lines are folded on the way" },
  { where: "Discord", most: 2_000 },
  { where: "Slack", most: 4_000, note: "longer messages may be split" },
  { where: "Telegram", most: 4_096 },
  { where: "Microsoft Teams", most: 28_000, note: "about; its limit is in kilobytes" },
  { where: "GitHub comment, WhatsApp", most: 65_536 },
];

/** A code of more modules than this is hard to read from a screen with a phone. */
export const MOST_QR_CHARACTERS = 1_000;
