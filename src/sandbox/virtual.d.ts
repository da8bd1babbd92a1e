/** The bundled text of worker.ts: tools/vite/sandbox-worker.ts makes it. */
declare module "virtual:sandbox-worker" {
  const text: string;
  export default text;
}
