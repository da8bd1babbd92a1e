import { Globe, X } from "lucide-react";
import { useState } from "react";
import { useApp } from "../pages/useApp";
import { Button, IconButton } from "../parts/Button";

/** Opens what lies on another host, and lists the hosts that the page may read without asking. */
export function RemoteHosts() {
  const app = useApp();
  const [address, setAddress] = useState("");
  const [hosts, setHosts] = useState(() => app.remotes.hosts.list());
  const open = (): void => {
    if (address.trim() !== "") app.go({ page: "remote", address: address.trim() });
  };
  return (
    <section className="remote-open" aria-labelledby="elsewhere">
      <h2 id="elsewhere">From another host</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          open();
        }}
      >
        <input
          aria-label="Address of a task, a Croissant description or a Parquet file"
          placeholder="https://… task.json, croissant.json or .parquet"
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <Button icon={Globe} onClick={open}>
          Open
        </Button>
      </form>
      {hosts.length > 0 && (
        <p className="remote-hosts">
          <span className="muted">Read without asking:</span>
          {hosts.map((host) => (
            <span key={host}>
              {host}
              <IconButton
                small
                icon={X}
                label={`Forget ${host}`}
                onClick={() => {
                  app.remotes.hosts.forget(host);
                  setHosts(app.remotes.hosts.list());
                }}
              />
            </span>
          ))}
        </p>
      )}
    </section>
  );
}
