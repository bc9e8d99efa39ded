package dev.conduct.identity;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An authenticator in software, which can be made to lie: about who used it, where, and how often.
final class SoftPasskey {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int PRESENT = 1;
    private static final int VERIFIED = 4;
    private static final int ATTESTED = 64;

    private final KeyPair keys;
    private final byte[] id = Tokens.random(32);

    String origin;
    boolean verified = true;
    int count;

    SoftPasskey(String origin) {
        this.origin = origin;
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Answers the options of a creation as a browser would, in the JSON of `PublicKeyCredential.toJSON()`.
    String made(String options) {
        var asked = JSON.readTree(options);
        var client = client("webauthn.create", asked);
        var data = data(asked.at("/rp/id").asString(), ATTESTED, attested());
        var object = new ByteArrayOutputStream();
        object.writeBytes(new byte[] {(byte) 0xa3});
        text(object, "fmt");
        text(object, "none");
        text(object, "attStmt");
        object.write(0xa0);
        text(object, "authData");
        bytes(object, data);
        var response = "\"attestationObject\":\"" + base64(object.toByteArray()) + "\",\"transports\":[\"internal\"]";
        return credential(client, response);
    }

    String signed(String options) {
        var asked = JSON.readTree(options);
        count++;
        var client = client("webauthn.get", asked);
        var data = data(asked.at("/rpId").asString(), 0, new byte[0]);
        var response =
                "\"authenticatorData\":\"" + base64(data) + "\",\"signature\":\"" + base64(sign(data, client)) + "\"";
        return credential(client, response);
    }

    private String credential(byte[] client, String response) {
        return "{\"id\":\"" + base64(id) + "\",\"rawId\":\"" + base64(id) + "\",\"type\":\"public-key\",\"response\":{"
                + "\"clientDataJSON\":\"" + base64(client) + "\"," + response + "},\"clientExtensionResults\":{}}";
    }

    private byte[] client(String type, JsonNode asked) {
        return ("{\"type\":\"" + type + "\",\"challenge\":\""
                        + asked.at("/challenge").asString() + "\",\"origin\":\"" + origin + "\",\"crossOrigin\":false}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] data(String party, int flags, byte[] more) {
        var all = flags | PRESENT | (verified ? VERIFIED : 0);
        return ByteBuffer.allocate(37 + more.length)
                .put(sha256(party.getBytes(StandardCharsets.UTF_8)))
                .put((byte) all)
                .putInt(count)
                .put(more)
                .array();
    }

    private byte[] attested() {
        var key = (ECPublicKey) keys.getPublic();
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[16]);
        out.writeBytes(new byte[] {0, (byte) id.length});
        out.writeBytes(id);
        // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
        out.writeBytes(new byte[] {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21});
        bytes(out, coordinate(key.getW().getAffineX().toByteArray()));
        out.write(0x22);
        bytes(out, coordinate(key.getW().getAffineY().toByteArray()));
        return out.toByteArray();
    }

    private byte[] sign(byte[] data, byte[] client) {
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(data);
            signature.update(sha256(client));
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] coordinate(byte[] number) {
        var fixed = new byte[32];
        var from = Math.max(0, number.length - 32);
        var length = number.length - from;
        System.arraycopy(number, from, fixed, 32 - length, length);
        return fixed;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.write(0x60 + text.length());
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(ByteArrayOutputStream out, byte[] bytes) {
        if (bytes.length < 256) {
            out.writeBytes(new byte[] {0x58, (byte) bytes.length});
        } else {
            out.writeBytes(new byte[] {0x59, (byte) (bytes.length >> 8), (byte) bytes.length});
        }
        out.writeBytes(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes, bytes.length));
    }
}
