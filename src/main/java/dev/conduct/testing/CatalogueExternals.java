package dev.conduct.testing;

import dev.conduct.mocks.Externals;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/// The parts of the catalogue, for which mocks may stand in.
@Component
class CatalogueExternals implements Externals {

    private final Catalogue catalogue;

    CatalogueExternals(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public List<External> of(String product) {
        return catalogue.nodes(product).stream()
                .map(node -> new External(node.id(), node.name()))
                .sorted(Comparator.comparing(External::name, String.CASE_INSENSITIVE_ORDER))
                .toList();
    }
}
