package dev.conduct.identity;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads the QR code of a page as the camera of a telephone does, held straight: paints the picture and reads the code
/// in it.
final class QrScanner {

    private static final Pattern PICTURE = Pattern.compile(
            "<svg role=\"img\"[^>]*viewBox=\"0 0 (\\d+) \\1\"[^>]*>.*?<path fill=\"#000\" d=\"([^\"]+)\"/>");
    private static final Pattern DARK = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z");
    private static final int PIXELS = 4;

    private QrScanner() {}

    static String read(String page) {
        var picture = PICTURE.matcher(page);
        if (!picture.find()) {
            throw new AssertionError("no QR code in " + page);
        }
        var width = Integer.parseInt(picture.group(1)) * PIXELS;
        var pixels = new int[width * width];
        Arrays.fill(pixels, 0xffffff);
        DARK.matcher(picture.group(2)).results().forEach(square -> {
            var left = Integer.parseInt(square.group(1)) * PIXELS;
            var top = Integer.parseInt(square.group(2)) * PIXELS;
            for (var y = top; y < top + PIXELS; y++) {
                Arrays.fill(pixels, y * width + left, y * width + left + PIXELS, 0);
            }
        });
        try {
            var source = new RGBLuminanceSource(width, width, pixels);
            return new QRCodeReader()
                    .decode(
                            new BinaryBitmap(new GlobalHistogramBinarizer(source)),
                            Map.of(DecodeHintType.PURE_BARCODE, true))
                    .getText();
        } catch (ReaderException unreadable) {
            throw new AssertionError("the QR code cannot be read", unreadable);
        }
    }
}
