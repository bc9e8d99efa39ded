package dev.conduct.shell;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration
class ShellConfiguration implements WebMvcConfigurer {

    private final Views views;

    ShellConfiguration(Views views) {
        this.views = views;
    }

    @Override
    public void addReturnValueHandlers(List<HandlerMethodReturnValueHandler> handlers) {
        handlers.add(views);
    }
}
