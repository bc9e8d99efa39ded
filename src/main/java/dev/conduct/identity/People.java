package dev.conduct.identity;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Everybody who can act or has acted: people who sign in, API clients, and authors known from imported history.
@Component
public class People {

    /// @param id as the ledger writes it
    /// @param initials two letters for the plate
    public record Person(
            String id,
            String name,
            String initials,
            @Nullable String email,
            Set<String> roles,
            boolean active) {}

    public Optional<Person> find(String id) {
        throw new UnsupportedOperationException("being built");
    }

    /// The person behind an id, an e-mail address or a unique name; empty when none or several match.
    public Optional<Person> resolve(String idOrEmailOrName) {
        throw new UnsupportedOperationException("being built");
    }

    /// One query for all the names a page shows.
    public Map<String, Person> byId(Collection<String> ids) {
        throw new UnsupportedOperationException("being built");
    }

    /// Active people (not clients) who hold any of the roles, by name; all active people when no role is given.
    public List<Person> holding(Set<String> roles) {
        throw new UnsupportedOperationException("being built");
    }

    /// An author known from another system, made on first sight: appears by name, cannot sign in, holds no role.
    ///
    /// @param source the system it comes from, for example `jira`
    /// @param externalId that system's stable id of the person
    public Person known(String source, String externalId, String name) {
        throw new UnsupportedOperationException("being built");
    }

    /// What a person is as an actor right now.
    public Actor actor(String id, String via) {
        throw new UnsupportedOperationException("being built");
    }
}
