// Everything here makes pages quicker to use; nothing here is needed to use them. What only some pages have stands in their
// templates.
import "./live.js";
import "./session.js";
import "./products.js";
import "./theme.js";
import "./station.js";
import "./keys.js";
import "./focus.js";
import "./menu.js";
import "./rows.js";
import "./glance.js";
