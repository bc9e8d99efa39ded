package dev.conduct.support;

import dev.conduct.identity.People;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Gives people that are known by name an account, so that work can be assigned to them.
public final class Staff {

    private static final Map<People, JdbcClient> DATABASES = Collections.synchronizedMap(new IdentityHashMap<>());

    private Staff() {}

    public static void hire(People people, String id) {
        Objects.requireNonNull(DATABASES.get(people))
                .sql("update identity.actor set kind = 'person', active = true where id = :id")
                .param("id", UUID.fromString(id.substring(id.indexOf(':') + 1)))
                .update();
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Configuration {

        @Bean
        Staff staff(People people, JdbcClient database) {
            DATABASES.put(people, database);
            return new Staff();
        }
    }
}
