package dev.conduct.admin;

import dev.conduct.identity.Apps;
import dev.conduct.identity.Clients;
import dev.conduct.identity.PersonalTokens;
import dev.conduct.identity.Scope;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.procedure.Procedure;
import dev.conduct.shell.View;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// Every program that may call, by secrets of its own or as somebody.
///
/// @param key a secret made just now, shown this once
/// @param owners names of the people who answer for programs, by id
record ClientsPage(
        List<Clients.Client> clients,
        List<PersonalTokens.Token> tokens,
        List<Apps.App> apps,
        Map<String, String> owners,
        List<Procedure.Role> roles,
        Clients.@Nullable Key key,
        String entered,
        Set<String> chosen,
        List<FieldProblem> errors,
        HttpStatus status)
        implements View {

    @Override
    public String template() {
        return "admin/clients.jte";
    }

    @Override
    public String title() {
        return (errors.isEmpty() ? "" : "Error: ") + "Programs and tokens";
    }

    List<Scope> scopes() {
        return List.of(Scope.values());
    }

    long active() {
        return clients.stream().filter(Clients.Client::active).count();
    }

    String owner(Clients.Client client) {
        return client.owner() == null ? "the command line" : owners.getOrDefault(client.owner(), client.owner());
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
