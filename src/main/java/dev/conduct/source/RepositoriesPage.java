package dev.conduct.source;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// Every repository that is connected, who is who at the hosts, and the form for one more.
///
/// @param key a secret made just now, shown this once
/// @param names of the people behind accounts, by id
/// @param entered what was typed and not accepted
/// @param base where this server is reached
record RepositoriesPage(
        List<Repository> repositories,
        List<Identities.Account> accounts,
        Map<String, String> names,
        List<Products.Product> products,
        Repositories.@Nullable Key key,
        Repositories.Wanted entered,
        String base,
        List<FieldProblem> errors,
        HttpStatus status)
        implements View {

    @Override
    public String template() {
        return "source/repositories.jte";
    }

    @Override
    public String title() {
        return (errors.isEmpty() ? "" : "Error: ") + "Repositories";
    }

    List<Host> hosts() {
        return List.of(Host.values());
    }

    long connected() {
        return repositories.stream().filter(Repository::active).count();
    }

    String hostTitle(Identities.Account account) {
        return Host.of(account.host()).map(Host::title).orElse(account.host());
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
