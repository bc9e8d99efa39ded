package dev.conduct.identity;

import java.util.Collection;
import java.util.Optional;

/// What the directory of the company, which provisions people here, knows of them. Found by injection.
public interface CompanyDirectory {

    /// Names of the groups a person is in.
    Collection<String> groupsOf(String person);

    /// The people in the group of that name; nobody when there is no such group.
    Collection<String> members(String group);

    /// The person whom it calls so.
    Optional<String> person(String externalId);
}
