package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.support.ConductTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.web.context.request.ServletWebRequest;

/// Images inside texts: written anew, and only for who may see their record.
@ConductTest
class PicturesTest {

    private final Items items;
    private final Attachments attachments;
    private final WritingPages pages;
    private final Cast cast;

    PicturesTest(Items items, Products products, People people, Attachments attachments, WritingPages pages) {
        this.items = items;
        this.attachments = attachments;
        this.pages = pages;
        this.cast = new Cast(items, products, people);
    }

    private Attachment attached(Item bug, String name, byte[] content) {
        return attachments.attach(
                bug.key(), new MockMultipartFile("file", name, "image/png", content), false, cast.sam);
    }

    private static byte[] png(int width, int height) throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    private byte[] shown(Attachment attachment, MockHttpServletRequest request) {
        var answer = Objects.requireNonNull(
                pages.image(attachment.item(), attachment.id().toString(), new ServletWebRequest(request), cast.paula));
        assertThat(answer.getHeaders().getFirst("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
        assertThat(answer.getHeaders().getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        return Objects.requireNonNull(answer.getBody());
    }

    @Test
    void an_image_of_more_pixels_than_fit_is_only_to_be_downloaded() throws IOException {
        var bug = cast.reported();
        var wide = attached(bug, "wide.png", png(20_000, 2_501));

        assertThatThrownBy(() -> shown(wide, new MockHttpServletRequest())).hasMessageContaining("Download the file");
    }

    @Test
    void what_hides_behind_an_image_does_not_reach_the_page() throws IOException {
        var bug = cast.reported();
        var sent = new ByteArrayOutputStream();
        sent.write(png(3, 2));
        sent.write("<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));

        var shown = shown(attached(bug, "shot.png", sent.toByteArray()), new MockHttpServletRequest());

        assertThat(new String(shown, StandardCharsets.ISO_8859_1)).doesNotContain("script");
        assertThat(ImageIO.read(new ByteArrayInputStream(shown)).getWidth()).isEqualTo(3);
    }

    @Test
    void a_very_large_image_is_shown_coarser() throws IOException {
        var shown = shown(attached(cast.reported(), "wall.png", png(6_000, 4_000)), new MockHttpServletRequest());

        assertThat(ImageIO.read(new ByteArrayInputStream(shown)).getWidth()).isEqualTo(3_000);
    }

    @Test
    void what_is_no_image_or_a_broken_one_is_not_shown() throws IOException {
        var bug = cast.reported();
        var page = attached(bug, "page.png", "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8));
        var broken = attached(bug, "half.png", java.util.Arrays.copyOf(png(40, 40), 60));

        for (var attachment : List.of(page, broken)) {
            var refused = catchThrowableOfType(Problem.class, () -> shown(attachment, new MockHttpServletRequest()));
            assertThat(refused.status()).isIn(400, 404);
        }
    }

    @Test
    void an_image_that_the_browser_has_is_not_sent_again_and_not_to_who_may_no_longer_see_it() throws IOException {
        var bug = cast.reported();
        var attachment = attached(bug, "shot.png", png(3, 2));
        var request = new MockHttpServletRequest("GET", "/image");
        request.addHeader("If-None-Match", "\"" + attachment.sha256() + "\"");
        var response = new MockHttpServletResponse();

        var again = pages.image(
                bug.key(), attachment.id().toString(), new ServletWebRequest(request, response), cast.paula);

        assertThat(again).isNull();
        assertThat(response.getStatus()).isEqualTo(304);
        items.restrict(new Items.Restriction(bug.key(), List.of(cast.tom.id()), null), cast.lea);
        var refused = catchThrowableOfType(
                Problem.class,
                () -> pages.image(
                        bug.key(), attachment.id().toString(), new ServletWebRequest(request, response), cast.quinn));
        assertThat(refused.status()).isEqualTo(404);
    }
}
