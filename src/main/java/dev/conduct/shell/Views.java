package dev.conduct.shell;

import dev.conduct.kernel.Html;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Answers with the page of a view that a handler returned.
@Component
class Views implements HandlerMethodReturnValueHandler {

    private final Html html;
    private final Frame.Source frames;

    Views(Html html, Frame.Source frames) {
        this.html = html;
        this.frames = frames;
    }

    @Override
    public boolean supportsReturnType(MethodParameter returnType) {
        return View.class.isAssignableFrom(returnType.getParameterType());
    }

    @Override
    public void handleReturnValue(
            @Nullable Object value,
            MethodParameter returnType,
            ModelAndViewContainer container,
            NativeWebRequest exchange)
            throws IOException {
        container.setRequestHandled(true);
        var request = exchange.getNativeRequest(HttpServletRequest.class);
        var response = exchange.getNativeResponse(HttpServletResponse.class);
        if (value instanceof View view && request != null && response != null) {
            write(view, request, response);
        }
    }

    void write(View view, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var bytes = render(view, frames.of(request), wantsPart(request));
        response.setStatus(view.status().value());
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.addHeader(HttpHeaders.VARY, "HX-Request");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private byte[] render(View view, Frame frame, boolean partOnly) {
        var shown = Map.of("view", view, "frame", frame);
        if (partOnly) {
            return html.bytes(view.template(), shown);
        }
        var content = html.part(view.template(), shown);
        return html.bytes("shell/layout.jte", Map.of("view", view, "frame", frame, "content", content));
    }

    private static boolean wantsPart(HttpServletRequest request) {
        return "true".equals(request.getHeader("HX-Request"))
                && !"true".equals(request.getHeader("HX-Boosted"))
                && !"true".equals(request.getHeader("HX-History-Restore-Request"));
    }
}
