package dev.conduct.mocks;

import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Where mocks answer: in a servlet of their own, beside the one of the pages, so that bodies of whatever kind come to
/// it unread.
@Configuration
class MockServing {

    static final String PATH = "/mock";

    @Bean
    ServletRegistrationBean<MockServlet> mockServlet(Answering answering) {
        var registration = new ServletRegistrationBean<>(new MockServlet(answering), PATH + "/*");
        registration.setName("mocks");
        return registration;
    }
}
