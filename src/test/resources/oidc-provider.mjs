// A real OpenID Connect provider (oidc-provider) for the tests of single sign-on. Whoever types a login is that subject;
// what follows a question mark is claimed at this sign-in: `tom?groups=admins&amr=mfa&email=tom@example.com&verified=no`.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [callback] = process.argv.slice(2);
const said = new Map();

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://localhost:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "conduct",
        client_secret: "a secret of the tests: %+&",
        redirect_uris: [callback],
        backchannel_logout_uri: callback.replace(/callback$/, "logout"),
        post_logout_redirect_uris: [callback.replace(/\/sign-in\/.*/, "/sign-in")],
      },
    ],
    scopes: ["openid", "profile", "email", "groups"],
    conformIdTokenClaims: false,
    claims: { openid: ["sub", "amr", "auth_time"], profile: ["name"], email: ["email", "email_verified"], groups: ["groups"] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => {
        const claims = said.get(sub) ?? new URLSearchParams();
        return {
          sub,
          name: `Person ${sub}`,
          email: claims.get("email") ?? `${sub}@sso.example.com`,
          email_verified: claims.get("verified") !== "no",
          ...(claims.has("groups") ? { groups: claims.get("groups").split(",").filter(Boolean) } : {}),
        };
      },
    }),
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client.clientId,
        accountId: ctx.oidc.session.accountId,
      });
      grant.addOIDCScope("openid profile email groups");
      await grant.save();
      return grant;
    },
    // Its own refuses this computer.
    fetch: (url, { dispatcher, ...options }) => fetch(url, options),
    cookies: { keys: ["of the tests"] },
  });
  const answer = provider.callback();
  server.on("request", async (request, response) => {
    // Nobody stays signed in here: each sign-in asks who it is.
    const cookies = (request.headers.cookie ?? "").split("; ").filter((cookie) => !cookie.startsWith("_session"));
    request.headers.cookie = cookies.join("; ");
    if (request.url.startsWith("/end/")) {
      // As when somebody signs out here: every client is told.
      const client = await provider.Client.find("conduct");
      await client.backchannelLogout(request.url.slice("/end/".length)).then(() => response.end("told"), (failed) => response.end(`${failed} ${failed.cause} ${failed.response && failed.response.status}`));
      return undefined;
    }
    if (!request.url.startsWith("/interaction/")) return answer(request, response);
    if (request.method !== "POST") {
      response.setHeader("Content-Type", "text/html");
      return response.end(`<form method="post" action="${request.url}"><input name="login"></form>`);
    }
    let body = "";
    for await (const part of request) body += part;
    const [login, claims] = new URLSearchParams(body).get("login").split("?");
    said.set(login, new URLSearchParams(claims));
    const amr = (said.get(login).get("amr") ?? "pwd").split(",");
    const ago = Number(said.get(login).get("ago") ?? 0);
    const ts = Math.floor(Date.now() / 1000) - ago;
    return provider.interactionFinished(request, response, { login: { accountId: login, amr, ts, remember: false } });
  });
  console.log(`listening ${issuer}`);
});
