package dev.conduct.identity;

import dev.conduct.kernel.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a token opens at most. It never opens more than its owner may: roles are judged as well.
public enum Scope {
    /// Whatever only reads.
    READ("Read records, procedure and ledger"),
    /// Whatever changes something.
    WRITE("Report, move and change records"),
    /// What is for administrators only; without it the role of administrator is left out.
    ADMINISTER("Act as an administrator"),
    /// The server's measurements.
    METRICS("Read the server’s measurements"),
    /// The people and groups of the company's directory (SCIM); for programs of administrators only.
    SCIM("Provision people and groups (SCIM)");

    private final String says;

    Scope(String says) {
        this.says = says;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String says() {
        return says;
    }

    /// @throws Problem 400 naming the scope that does not exist
    public static Set<Scope> of(Collection<String> words) {
        var found = EnumSet.noneOf(Scope.class);
        for (var word : words) {
            found.add(Arrays.stream(values())
                    .filter(scope -> scope.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> Problem.badInput(
                            "scopes",
                            "unknown_scope",
                            "“" + word + "” is not a scope. Scopes: read, write, administer, metrics, scim.")));
        }
        return found;
    }

    static Set<Scope> all() {
        return EnumSet.allOf(Scope.class);
    }

    static Set<Scope> of(ResultSet row) throws SQLException {
        return of(Arrays.asList((String[]) row.getArray("scopes").getArray()));
    }

    static String[] array(Collection<Scope> scopes) {
        return words(scopes).toArray(String[]::new);
    }

    static List<String> words(Collection<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::word).toList();
    }
}
