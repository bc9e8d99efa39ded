package dev.conduct.work;

import dev.conduct.kernel.Problem;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/// Attached images as pages show them: decoded and written anew, so that no byte of a sender reaches a page as it was
/// sent. Two at once, each within a bounded number of pixels; larger ones are shown coarser, the download is whole.
@Component
class Pictures {

    /// What is shown, and the format it is written in.
    private static final Map<String, String> FORMATS =
            Map.of("image/png", "png", "image/jpeg", "jpeg", "image/gif", "png");

    private static final int LONGEST_SIDE = 20_000;
    /// The decoder of some files holds all of an image outside the heap, however coarse it is asked for.
    private static final long MOST_PIXELS = 50_000_000;

    private static final long PIXELS = 9_000_000;
    private static final int SECONDS = 5;

    private final Semaphore places = new Semaphore(2);

    /// @param mediaType of `content`
    record Picture(String mediaType, byte[] content) {}

    static boolean shows(Attachment attachment) {
        return FORMATS.containsKey(attachment.mediaType());
    }

    /// @throws Problem 404 when it is no image that is shown, 400 when it cannot be read as one, 503 when others wait
    Picture of(Attachment attachment, Resource content) {
        var format = FORMATS.get(attachment.mediaType());
        if (format == null) {
            throw Problem.notFound("The image");
        }
        try {
            if (!places.tryAcquire(SECONDS, TimeUnit.SECONDS)) {
                throw Problem.unavailable("busy", "Too many images are being shown. Try again in a moment.");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("stopping", "The server is being stopped.");
        }
        try {
            return new Picture("image/" + format, written(read(attachment.mediaType(), content), format));
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException broken) {
            throw Problem.badInput("image", "unreadable", "cannot be read as an image. Download the file instead.");
        } finally {
            places.release();
        }
    }

    private static BufferedImage read(String mediaType, Resource content) throws IOException {
        var readers = ImageIO.getImageReadersByMIMEType(mediaType);
        if (!readers.hasNext()) {
            throw new IOException("no reader of " + mediaType);
        }
        var reader = readers.next();
        try (var in = content.getInputStream();
                var bytes = new MemoryCacheImageInputStream(in)) {
            reader.setInput(bytes, true, true);
            return read(reader);
        } finally {
            reader.dispose();
        }
    }

    private static BufferedImage read(ImageReader reader) throws IOException {
        var width = reader.getWidth(0);
        var height = reader.getHeight(0);
        if (width > LONGEST_SIDE || height > LONGEST_SIDE || (long) width * height > MOST_PIXELS) {
            throw new IOException("too large");
        }
        var asked = reader.getDefaultReadParam();
        var step = (int) Math.ceil(Math.sqrt((double) width * height / PIXELS));
        if (step > 1) {
            asked.setSourceSubsampling(step, step, 0, 0);
        }
        return reader.read(0, asked);
    }

    private static byte[] written(BufferedImage image, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IOException("no writer of " + format + " for this image");
        }
        return out.toByteArray();
    }
}
