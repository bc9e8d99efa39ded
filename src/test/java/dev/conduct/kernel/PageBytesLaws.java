package dev.conduct.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PageBytesLaws {

    @Property
    void pieces_are_the_bytes_of_the_whole(@ForAll List<String> pieces) {
        var output = new PageBytes();

        for (var piece : pieces) {
            output.writeContent("<" + piece + ">", 1, piece.length() + 1);
            output.writeBinaryContent(new byte[] {'-'});
            output.writeContent(piece);
        }

        var whole = new StringBuilder();
        for (var piece : pieces) {
            var read = new String(piece.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            whole.append(read).append('-').append(read);
        }
        assertThat(new String(output.toByteArray(), StandardCharsets.UTF_8)).isEqualTo(whole.toString());
    }

    @Property
    void a_page_longer_than_usual_is_whole(@ForAll String piece) {
        var output = new PageBytes();
        var text = (piece + "ä ß 1 ").repeat(30_000);

        output.writeContent(text);
        output.writeContent(text);

        assertThat(output.toByteArray()).isEqualTo((text + text).getBytes(StandardCharsets.UTF_8));
    }
}
