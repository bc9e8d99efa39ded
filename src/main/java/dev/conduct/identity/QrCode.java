package dev.conduct.identity;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;

/// Draws a QR code as SVG, here on the server: the secret in it goes to nobody else.
final class QrCode {

    private QrCode() {}

    static String svg(String text, String label) {
        try {
            var hints = Map.of(EncodeHintType.MARGIN, 4, EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M);
            var matrix = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, hints);
            var size = matrix.getWidth();
            var dark = new StringBuilder();
            for (var y = 0; y < size; y++) {
                for (var x = 0; x < size; x++) {
                    if (matrix.get(x, y)) {
                        dark.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
                    }
                }
            }
            return """
                    <svg role="img" aria-label="%s" width="208" height="208" viewBox="0 0 %d %d" \
                    shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%dv%dH0z"/><path fill="#000" d="%s"/></svg>""".formatted(label, size, size, size, size, dark);
        } catch (WriterException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
