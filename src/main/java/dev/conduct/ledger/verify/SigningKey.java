package dev.conduct.ledger.verify;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// The log's own key. Made from a seed of 32 bytes, which is all that is kept of it.
public final class SigningKey {

    private static final byte[] PKCS8_HEAD = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private final PrivateKey key;
    private final VerifierKey verifier;

    public SigningKey(String name, byte[] seed) {
        if (seed.length != 32) {
            throw new IllegalArgumentException("a log key is made from 32 bytes, not " + seed.length);
        }
        try {
            var encoded = Arrays.copyOf(PKCS8_HEAD, PKCS8_HEAD.length + seed.length);
            System.arraycopy(seed, 0, encoded, PKCS8_HEAD.length, seed.length);
            this.key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            this.verifier = new VerifierKey(name, publicKey(seed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    /// The JDK derives a public key only while it makes a pair: let it make the pair from this seed.
    private static byte[] publicKey(byte[] seed) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new SeedOnly(seed));
        var point = ((EdECPublicKey) generator.generateKeyPair().getPublic()).getPoint();
        var bigEndian = point.getY().toByteArray();
        var raw = new byte[32];
        for (var i = 0; i < bigEndian.length && i < 32; i++) {
            raw[i] = bigEndian[bigEndian.length - 1 - i];
        }
        if (point.isXOdd()) {
            raw[31] |= (byte) 0x80;
        }
        return raw;
    }

    public VerifierKey verifier() {
        return verifier;
    }

    byte[] sign(byte[] message) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the log key cannot sign", e);
        }
    }

    private static final class SeedOnly extends SecureRandom {

        private final transient byte[] seed;

        SeedOnly(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("asked for " + bytes.length + " bytes");
            }
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
