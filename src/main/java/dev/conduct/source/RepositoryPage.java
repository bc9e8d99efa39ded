package dev.conduct.source;

import dev.conduct.kernel.Page;
import dev.conduct.shell.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One repository: what its webhooks brought, and what became of each.
///
/// @param mirror null where nothing is fetched
/// @param base where this server is reached
record RepositoryPage(
        Repository repository,
        Page<HookDeliveries.Delivery> deliveries,
        MirrorRows.@Nullable Mirror mirror,
        String base)
        implements View {

    @Override
    public String template() {
        return "source/repository.jte";
    }

    @Override
    public String title() {
        return repository.name();
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(
                new Crumb("Repositories", "/admin/repositories", false), new Crumb(repository.name(), null, false));
    }

    boolean plain() {
        return repository.host() == Host.GIT;
    }

    static String tone(HookDeliveries.Delivery delivery) {
        return switch (delivery.state()) {
            case "applied" -> "clear";
            case "failed" -> "stop";
            case "waiting" -> "wait";
            default -> "waived";
        };
    }
}
