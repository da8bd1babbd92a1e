import "./fonts.css";
import "./tokens.css";
import "./base.css";
import "./page.css";
import "./touch.css";
