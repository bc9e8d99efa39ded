// Trusted Types: htmx puts markup of this server into the page. Markup is let through, because the content policy
// runs no script in it; script text and script addresses made at run time stay forbidden.
if (window.trustedTypes) {
  window.trustedTypes.createPolicy("default", { createHTML: (markup) => markup });
}
