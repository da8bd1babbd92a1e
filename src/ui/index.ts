export { fetchPage, Root } from "./pages/Root";
export { AppContext } from "./pages/useApp";
export { applyTheme, themeChoice } from "./parts/theme";
