package dev.conduct.notify;

import dev.conduct.identity.Actor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Whoever opens a record has read what the inbox says of it. Costs nothing while nothing is unread.
@Component
class ReadOnOpening implements HandlerInterceptor, WebMvcConfigurer {

    private final NoticeRows rows;
    private final Unread unread;
    private final InstantSource time;

    ReadOnOpening(NoticeRows rows, Unread unread, InstantSource time) {
        this.rows = rows;
        this.unread = unread;
        this.time = time;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/items/{key}");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var key = key(request);
        if (key != null
                && request.getMethod().equals("GET")
                && request.getAttribute(Actor.class.getName()) instanceof Actor actor
                && actor.id().startsWith("person:")
                && unread.of(actor.id()) > 0) {
            rows.read(actor.id(), key, time.instant());
            unread.forget(actor.id());
        }
        return true;
    }

    private static @Nullable String key(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                        && variables.get("key") instanceof String key
                ? key
                : null;
    }
}
