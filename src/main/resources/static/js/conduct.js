// Everything here makes pages quicker to use; nothing here is needed to use them.
import "./live.js";
import "./theme.js";
import "./station.js";
import "./keys.js";
import "./focus.js";
import "./menu.js";
import "./copy.js";
import "./uploads.js";
import "./passkey.js";
import "./board.js";
import "./line.js";
import "./select.js";
import "./complete.js";
import "./lists.js";
import "./bulk.js";
import "./mention.js";
