import { Monitor, Moon, Sun } from "lucide-react";
import { Button } from "../parts/Button";
import { Menu, type MenuEntry } from "../parts/Menu";
import { THEME_CHOICES, type ThemeChoice } from "../parts/theme";

const LOOKS = {
  system: { label: "As the system", icon: Monitor },
  light: { label: "Light", icon: Sun },
  dark: { label: "Dark", icon: Moon },
} as const;

export function themeEntries(choice: ThemeChoice, onChoose: (choice: ThemeChoice) => void): MenuEntry[] {
  return THEME_CHOICES.map((each) => ({ ...LOOKS[each], chosen: each === choice, onSelect: () => onChoose(each) }));
}

export function ThemeMenu({ choice, onChoose }: { choice: ThemeChoice; onChoose: (choice: ThemeChoice) => void }) {
  return (
    <Menu entries={themeEntries(choice, onChoose)}>
      <Button
        look="quiet"
        className="button-icon"
        icon={LOOKS[choice].icon}
        aria-label={`Theme: ${LOOKS[choice].label}`}
      />
    </Menu>
  );
}
