package dev.conduct.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The rules of the design for its one style sheet.
class StyleSheetTest {

    private static final Path SHEET = Path.of("src/main/resources/static/css/conduct.css");
    private static final Pattern CLASS = Pattern.compile("\\.([a-zA-Z][\\w-]*)");
    private static final Pattern WORD = Pattern.compile("[a-zA-Z][\\w-]*");

    /// Named by a number (`s` and 1), or parts of the design for pages of figures.
    private static final Set<String> PUT_TOGETHER =
            Set.of("s1", "s2", "q1", "q2", "q3", "q4", "stat", "st-stop", "treemap");

    @Test
    void it_stays_small_and_in_one_file() throws IOException {
        assertThat(Files.size(SHEET)).as("bytes").isLessThan(40_000);
        try (var sheets = Files.list(SHEET.getParent())) {
            assertThat(sheets).containsExactly(SHEET);
        }
    }

    @Test
    void its_layers_stand_in_the_order_of_the_design() throws IOException {
        var sheet = Files.readString(SHEET);

        assertThat(sheet).contains("@layer tokens, base, layout, components, pages;");
        assertThat(Pattern.compile("(?m)^@layer (\\w+) \\{")
                        .matcher(sheet)
                        .results()
                        .map(found -> found.group(1)))
                .containsExactly("tokens", "base", "layout", "components", "pages");
    }

    @Test
    void no_class_is_styled_that_no_page_and_no_script_names() throws IOException {
        var named = WORD.matcher(text("src/main/jte") + text("src/main/resources/static/js") + text("src/main/java"))
                .results()
                .map(found -> found.group())
                .collect(Collectors.toSet());
        var sheet =
                Files.readString(SHEET).replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("url\\([^)]*\\)|\"[^\"]*\"", "");

        assertThat(CLASS.matcher(sheet).results().map(found -> found.group(1)).distinct())
                .filteredOn(name -> !named.contains(name) && !PUT_TOGETHER.contains(name))
                .isEmpty();
    }

    private static String text(String root) throws IOException {
        try (var files = Files.walk(Path.of(root))) {
            var text = new StringBuilder();
            for (var file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file)).append('\n');
            }
            return text.toString();
        }
    }
}
