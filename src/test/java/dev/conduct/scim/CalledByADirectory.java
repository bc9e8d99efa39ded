package dev.conduct.scim;

import dev.conduct.identity.Actor;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Lets a test of another module have the company's directory call somebody something.
public final class CalledByADirectory {

    private CalledByADirectory() {}

    public static void in(ApplicationContext context, Actor person, String externalId) {
        var id = UUID.fromString(person.id().substring("person:".length()));
        context.getBean(JdbcClient.class)
                .sql("insert into scim.person (person) values (:person) on conflict do nothing")
                .param("person", id)
                .update();
        context.getBean(ExternalIds.class).keep(id, externalId);
    }

    public static List<UUID> called(ApplicationContext context, String externalId) {
        return context.getBean(ExternalIds.class).called(externalId, false);
    }
}
