package dev.conduct.kernel;

import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/// Renders a template compiled by the build (`identity/sign-in.jte`). A template that declares `@param String csrf`
/// is given the token its forms must carry; other parameters come from the caller.
@Component
public class Html {

    private static final MediaType TYPE = new MediaType("text", "html", StandardCharsets.UTF_8);

    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Html.class.getClassLoader(), "dev.conduct");

    /// @param template its path under `src/main/jte`, with `.jte`
    public String render(String template, Map<String, ?> parameters) {
        var output = new StringOutput();
        part(template, parameters).writeTo(output);
        return output.toString();
    }

    /// The same as the bytes of an answer, without the text between.
    public byte[] bytes(String template, Map<String, ?> parameters) {
        var output = new PageBytes();
        part(template, parameters).writeTo(output);
        return output.toByteArray();
    }

    /// To stand in another template, which writes it where it shows it.
    public Content part(String template, Map<String, ?> parameters) {
        var all = new HashMap<String, @Nullable Object>(parameters);
        all.putIfAbsent("csrf", csrf());
        return output -> engine.render(template, all, output);
    }

    public ResponseEntity<String> page(String template, Map<String, ?> parameters) {
        return page(HttpStatus.OK, template, parameters);
    }

    public ResponseEntity<String> page(HttpStatus status, String template, Map<String, ?> parameters) {
        return ResponseEntity.status(status).contentType(TYPE).body(render(template, parameters));
    }

    private static String csrf() {
        var request = RequestContextHolder.getRequestAttributes();
        var token = request == null
                ? null
                : request.getAttribute(CsrfToken.class.getName(), RequestAttributes.SCOPE_REQUEST);
        return token instanceof CsrfToken csrf ? csrf.getToken() : "";
    }
}
