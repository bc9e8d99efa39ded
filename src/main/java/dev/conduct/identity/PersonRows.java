package dev.conduct.identity;

import dev.conduct.identity.People.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// What the database holds of somebody, opened.
@Component
class PersonRows {

    static final String SELECT = """
            select a.id, a.kind, a.name, a.name_key, a.name_sealed, a.email, a.email_key, a.email_sealed, a.active, a.time_zone, a.locale,
                   array(select g.role from identity.granted_role g
                          where g.actor = a.id and g.product is null order by g.role) as roles
              from identity.actor a
            """;
    static final String SYSTEM = "system:";

    private final Names names;
    private final Addresses addresses;

    PersonRows(Names names, Addresses addresses) {
        this.names = names;
        this.addresses = addresses;
    }

    Person person(ResultSet row, int number) throws SQLException {
        var prefix = row.getString("kind").equals("client") ? "client:" : "person:";
        var name = names.read(row);
        var roles = Arrays.stream((String[]) row.getArray("roles").getArray())
                .collect(Collectors.toCollection(TreeSet::new));
        return new Person(
                prefix + row.getString("id"),
                name,
                Initials.of(name),
                addresses.read(row),
                Set.copyOf(roles),
                row.getBoolean("active"));
    }

    static Person system(String id) {
        var name = id.substring(SYSTEM.length()).replace('_', ' ');
        return new Person(id, name, Initials.of(name), null, Set.of(), true);
    }
}
