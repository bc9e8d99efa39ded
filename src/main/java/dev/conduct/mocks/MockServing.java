package dev.conduct.mocks;

import dev.conduct.database.Readers;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// Where mocks answer: behind the rules of who may call what and before the pages, so that bodies of whatever kind come
/// unread.
@Configuration
class MockServing {

    static final String PATH = "/mock";

    @Bean
    FilterRegistrationBean<MockFilter> mockFilter(Answering answering, Readers readers) {
        var registration = new FilterRegistrationBean<>(new MockFilter(answering, readers));
        registration.addUrlPatterns(PATH + "/*");
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        return registration;
    }
}
