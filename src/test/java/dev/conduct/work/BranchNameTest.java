package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BranchNameTest {

    @Test
    void a_title_is_folded_to_what_every_host_takes_and_cut_at_a_word() {
        assertThat(name("Müßiggang: lines lost & found")).isEqualTo("bug/APP-12-mussiggang-lines-lost-found");
        assertThat(name("Declaration PDF drops line items after page 3 when a name has an umlaut"))
                .isEqualTo("bug/APP-12-declaration-pdf-drops-line-items-after");
        assertThat(name("日本語")).isEqualTo("bug/APP-12");
    }

    private static String name(String title) {
        return BranchName.of(new Item(
                "APP-12",
                "bug",
                "APP",
                title,
                "",
                "reported",
                Map.of(),
                null,
                "person:x",
                Instant.EPOCH,
                Instant.EPOCH,
                "1",
                1,
                null,
                null,
                null));
    }
}
