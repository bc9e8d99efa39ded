package dev.conduct.mocks;

import dev.conduct.quality.MockedNames;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/// What runs say of the mocks that stood in: which version of which, for what.
@Component
public class StandIns implements MockedNames {

    private static final Pattern PATH = Pattern.compile("/mock/([A-Za-z0-9_-]{22})(/.*)?");

    private final MockRows rows;

    StandIns(MockRows rows) {
        this.rows = rows;
    }

    /// A line that names a mock of the product, or the external it stands in for, says its version: `payments:
    /// payments-api, version 3`. Other lines stay as they are, and none is said twice.
    @Override
    public List<String> named(String product, Collection<String> lines) {
        if (lines.isEmpty()) {
            return List.of();
        }
        var mocks = rows.of(product).stream().filter(mock -> !mock.retired()).toList();
        var said = new LinkedHashSet<String>();
        for (var line : lines) {
            var name = line.strip();
            var named = mocks.stream()
                    .filter(mock ->
                            mock.name().equals(name) || mock.externalName().equalsIgnoreCase(name))
                    .map(Mock::says)
                    .toList();
            said.addAll(named.isEmpty() ? List.of(name) : named);
        }
        return List.copyOf(said);
    }

    /// @param external a part of the catalogue
    /// @param page where it is seen
    public record StandIn(UUID external, String name, int version, String page) {}

    /// Those of the product that answer, by name.
    public List<StandIn> of(String product) {
        return rows.of(product).stream()
                .filter(mock -> !mock.retired())
                .map(mock -> new StandIn(
                        mock.external(), mock.name(), mock.version(), "/mocks/" + product + "/" + mock.name()))
                .toList();
    }

    /// The token in the address of a mock, empty for other addresses. By whatever name this server is reached: nobody
    /// guesses a token.
    public static String token(URI address) {
        var path = PATH.matcher(address.getPath() == null ? "" : address.getPath());
        return path.matches() ? path.group(1) : "";
    }

    /// The mocks of the product with these in their addresses, in the version of now.
    public List<String> called(String product, Collection<String> tokens) {
        return rows.byTokens(product, tokens).stream().map(Mock::says).toList();
    }
}
