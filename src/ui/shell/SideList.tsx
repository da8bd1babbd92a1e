import { Ellipsis, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../parts/Button";
import { Menu, type MenuEntry } from "../parts/Menu";
import "./shell.css";

export interface SideLink {
  key: string;
  label: string;
  /** A few figures at the end of the line. */
  note?: string;
  /** A name that belongs to it, on a line of its own: both may be long. */
  under?: string;
  icon?: LucideIcon;
  href: string;
  current?: boolean;
  /** What can be done with it, besides going there. */
  menu?: MenuEntry[];
}

/** A titled list of links in a side panel; `action` is a small button beside the title. */
export function SideList({
  title,
  links,
  action,
  empty,
}: {
  title?: string;
  links: SideLink[];
  action?: ReactNode;
  empty?: ReactNode;
}) {
  return (
    <section className="side-section" aria-label={title}>
      {title && (
        <div className="side-head">
          <h2 className="overline">{title}</h2>
          {action}
        </div>
      )}
      <ul className="side-links">
        {links.map(({ key, label, note, under, icon: Icon, href, current, menu }) => (
          <li key={key} data-menu={menu !== undefined || undefined}>
            <a className="side-link" href={href} aria-current={current ? "page" : undefined}>
              {Icon && <Icon aria-hidden size={15} strokeWidth={1.9} />}
              <span className={under ? "side-two" : "truncate"}>
                {under ? <span className="truncate">{label}</span> : label}
                {under && <small className="truncate">{under}</small>}
              </span>
              {note && <small className="tabular">{note}</small>}
            </a>
            {menu && (
              <Menu entries={menu}>
                <Button
                  small
                  look="quiet"
                  className="button-icon side-menu"
                  icon={Ellipsis}
                  aria-label={`More for ${label}`}
                />
              </Menu>
            )}
          </li>
        ))}
      </ul>
      {links.length === 0 && empty && <p className="side-empty muted">{empty}</p>}
    </section>
  );
}
