package dev.conduct.openapi;

import dev.conduct.identity.Actor;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.OAuthFlow;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.Scopes;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the document says of the whole. It is built when it is first asked for, and kept.
@Configuration
class DescriptionConfiguration {

    static final String TOKEN = "client";
    static final String SESSION = "session";

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Actor.class);
    }

    /// The server's address is relative: an absolute one would repeat whatever host the caller made up.
    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("Conduct")
                        .version("1")
                        .description("""
                                Every change goes through the gates of the company's procedure. Refusals are \
                                `application/problem+json` (RFC 9457) with a stable `code` and a sentence that says what to do.

                                Times are RFC 3339 in UTC. Fields that are not described here are refused in requests; answers \
                                may gain fields.""")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/")))
                .components(new Components()
                        .addHeaders("ETag", Answer.text("The version of the item, for `If-Match`."))
                        .addHeaders("Location", Answer.text("Path of what was made."))
                        .addHeaders(
                                "RateLimit-Policy",
                                Answer.text("How many requests (`q`) an actor may make in a window of seconds (`w`)."))
                        .addHeaders(
                                "RateLimit",
                                Answer.text(
                                        "How many are left (`r`), and for how many seconds (`t`) they are to last."))
                        .addSecuritySchemes(TOKEN, clientCredentials())
                        .addSecuritySchemes(SESSION, session()));
    }

    private static SecurityScheme clientCredentials() {
        return new SecurityScheme()
                .type(SecurityScheme.Type.OAUTH2)
                .description("An API client (`./conduct client create`). Its roles are its own; there are no scopes.")
                .flows(new OAuthFlows()
                        .clientCredentials(
                                new OAuthFlow().tokenUrl("/oauth2/token").scopes(new Scopes())));
    }

    private static SecurityScheme session() {
        return new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.COOKIE)
                .name("conduct")
                .description(
                        "The session of somebody signed in with both factors, as Conduct's own pages use it. Over TLS its "
                                + "name is `__Host-conduct`. What changes something needs the form token too, in `X-CSRF-TOKEN`.");
    }
}
