import { useEffect, useState } from "react";

/** A text as a QR code, dark on white in either theme, so that every camera reads it. */
export function QrCode({ text }: { text: string }) {
  const [rows, setRows] = useState<boolean[][]>();
  useEffect(() => {
    let wanted = true;
    void import("uqr").then(({ encode }) => wanted && setRows(encode(text, { ecc: "L", border: 4 }).data));
    return () => {
      wanted = false;
    };
  }, [text]);
  if (!rows) return null;
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <svg className="qr" viewBox={`0 0 ${rows.length} ${rows.length}`} role="img" aria-label="The link as a QR code">
      <rect width="100%" height="100%" fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
