package dev.conduct.source;

import dev.conduct.kernel.Page;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.List;

/// Work merged without a key.
///
/// @param product the only one shown, empty for all
record UnkeyedPage(Page<Unkeyed.Work> work, List<Products.Product> products, String product) implements View {

    @Override
    public String template() {
        return "source/unkeyed.jte";
    }

    @Override
    public String title() {
        return "Merged without a key";
    }
}
