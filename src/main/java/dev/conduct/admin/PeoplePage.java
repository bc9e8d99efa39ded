package dev.conduct.admin;

import dev.conduct.identity.AccountList.Account;
import dev.conduct.identity.AccountList.Count;
import dev.conduct.identity.Grants;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.procedure.Procedure;
import dev.conduct.shell.View;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// Who has an account, and what may be done about it.
///
/// @param grants what each of them holds, by their ids
/// @param products names by key
/// @param next cursor of the people after these, null on the last page
/// @param link a one-time link made just now, shown this once
/// @param entered what stood in the form of the invitation
record PeoplePage(
        List<Account> accounts,
        @Nullable String next,
        Count count,
        List<Procedure.Role> roles,
        Map<String, List<Grants.Grant>> grants,
        Map<String, String> products,
        @Nullable Link link,
        Map<String, String> entered,
        Set<String> chosen,
        List<FieldProblem> errors,
        HttpStatus status)
        implements View {

    record Link(String name, String address) {}

    @Override
    public String template() {
        return "admin/people.jte";
    }

    @Override
    public String title() {
        return (errors.isEmpty() ? "" : "Error: ") + "People and access";
    }

    /// Those held for one product.
    List<Grants.Grant> forProducts(String person) {
        return grants.getOrDefault(person, List.of()).stream()
                .filter(grant -> grant.product() != null)
                .toList();
    }

    String roleTitle(String name) {
        return roles.stream()
                .filter(role -> role.name().equals(name))
                .map(Procedure.Role::title)
                .findFirst()
                .orElse(name);
    }

    @Nullable
    String error(String field) {
        return errors.stream()
                .filter(error -> error.field().equals(field))
                .map(FieldProblem::says)
                .findFirst()
                .orElse(null);
    }
}
