package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FileNameLaws {

    @Property
    void whatever_a_sender_writes_becomes_one_line_and_no_path(@ForAll String given) {
        var name = FileName.of(given);

        assertThat(name.text()).isNotBlank().hasSizeLessThanOrEqualTo(200).doesNotContain("/", "\\", "\r", "\n", "\0");
        assertThat(name.text()).isNotIn(".", "..");
        assertThat(name.disposition()).matches("attachment; filename=\"[ -!#-~]+\"; filename\\*=UTF-8''[!-~]+");
        assertThat(FileName.of(name.text())).isEqualTo(name);
    }

    @Property
    void the_whole_name_can_be_read_back_from_the_header(@ForAll String given) {
        var name = FileName.of(given);

        var encoded = name.disposition().substring(name.disposition().indexOf("''") + 2);

        assertThat(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8))
                .isEqualTo(name.text());
    }

    @Example
    void names_keep_what_people_know_them_by() {
        assertThat(FileName.of("../../etc/passwd").text()).isEqualTo("passwd");
        assertThat(FileName.of("C:\\Users\\mia\\Größe 2.png").text()).isEqualTo("Größe 2.png");
        assertThat(FileName.of("../..").text()).isEqualTo("file");
        assertThat(FileName.of("").text()).isEqualTo("file");
        assertThat(FileName.of("invoice\u202Egnp.exe").text()).isEqualTo("invoicegnp.exe");
        assertThat(FileName.of("x".repeat(10_000) + ".log").text()).hasSize(200).endsWith("x.log");
    }
}
