package app.aicallservice.android.core;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The receiving half of Web Push: this phone's keys, and opening what was encrypted for them (RFC 8291, aes128gcm of
 * RFC 8188). A push distributor and its server carry the messages and can read none; whoever knows neither the public
 * key nor the secret cannot make one up.
 */
public final class WebPush {
    private static final int POINT_BYTES = 65;
    private static final int AUTH_BYTES = 16;
    private static final int SALT_BYTES = 16;
    private static final int TAG_BYTES = 16;
    /** Push services carry 4096 bytes (RFC 8030, 7.2). */
    private static final int MAX_BODY_BYTES = 4096;
    /** What stands before the 65 bytes of a P-256 point in X.509: SEQUENCE, id-ecPublicKey, prime256v1, BIT STRING. */
    private static final byte[] X509_HEAD = {
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01,
        0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00
    };
    private static final BigInteger P = new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
    private static final BigInteger B = new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);

    private final PrivateKey privateKey;
    private final byte[] publicKey;
    private final byte[] auth;

    WebPush(PrivateKey privateKey, byte[] publicKey, byte[] auth) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        this.auth = auth;
    }

    /** New keys, for a new registration. */
    public static WebPush generate(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        KeyPair pair = generator.generateKeyPair();
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] auth = new byte[AUTH_BYTES];
        random.nextBytes(auth);
        return new WebPush(pair.getPrivate(), Arrays.copyOfRange(encoded, encoded.length - POINT_BYTES, encoded.length), auth);
    }

    /** The form that the phone keeps, sealed: the public key, the secret, then the private key (PKCS #8). */
    public byte[] toStored() {
        return concat(publicKey, auth, privateKey.getEncoded());
    }

    public static WebPush fromStored(byte[] stored) throws GeneralSecurityException {
        if (stored.length <= POINT_BYTES + AUTH_BYTES) throw new GeneralSecurityException("the stored keys are cut short");
        byte[] encoded = Arrays.copyOfRange(stored, POINT_BYTES + AUTH_BYTES, stored.length);
        PrivateKey privateKey = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        return new WebPush(privateKey, Arrays.copyOf(stored, POINT_BYTES), Arrays.copyOfRange(stored, POINT_BYTES, POINT_BYTES + AUTH_BYTES));
    }

    /** {@code p256dh} of the subscription: an uncompressed point. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** {@code auth} of the subscription. */
    public byte[] auth() {
        return auth.clone();
    }

    /**
     * Opens the body of one push message.
     *
     * @throws GeneralSecurityException when it was not made for these keys, was changed on the way, or is no such body.
     */
    public String open(byte[] body) throws GeneralSecurityException {
        if (body.length > MAX_BODY_BYTES) throw new GeneralSecurityException("the message is too long");
        if (body.length < SALT_BYTES + 5 + POINT_BYTES + TAG_BYTES + 1) throw new GeneralSecurityException("the message is cut short");
        ByteBuffer in = ByteBuffer.wrap(body);
        byte[] salt = take(in, SALT_BYTES);
        long recordBytes = in.getInt() & 0xffffffffL;
        if ((in.get() & 0xff) != POINT_BYTES) throw new GeneralSecurityException("the sender's key is not a P-256 point");
        byte[] sender = take(in, POINT_BYTES);
        byte[] sealed = take(in, in.remaining());
        // RFC 8291, 4: a push message is one record.
        if (sealed.length > recordBytes) throw new GeneralSecurityException("more than one record");

        byte[] input = hkdf(auth, agree(sender), concat(ascii("WebPush: info\0"), publicKey, sender), 32);
        byte[] key = hkdf(salt, input, ascii("Content-Encoding: aes128gcm\0"), 16);
        byte[] nonce = hkdf(salt, input, ascii("Content-Encoding: nonce\0"), 12);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BYTES * 8, nonce));
        return withoutPadding(cipher.doFinal(sealed));
    }

    private byte[] agree(byte[] sender) throws GeneralSecurityException {
        requirePoint(sender);
        PublicKey peer = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(concat(X509_HEAD, sender)));
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(privateKey);
        agreement.doPhase(peer, true);
        return agreement.generateSecret();
    }

    /** A point that is not on the curve would tell its sender about our private key; not every provider looks. */
    private static void requirePoint(byte[] point) throws GeneralSecurityException {
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 33));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 33, 65));
        BigInteger right = x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(B).mod(P);
        boolean isOnCurve = point[0] == 4 && x.compareTo(P) < 0 && y.compareTo(P) < 0 && y.multiply(y).mod(P).equals(right);
        if (!isOnCurve) throw new GeneralSecurityException("the sender's key is not on the curve");
    }

    /** The last record ends with 2 and any number of zeros. */
    private static String withoutPadding(byte[] padded) throws GeneralSecurityException {
        int end = padded.length - 1;
        while (end >= 0 && padded[end] == 0) end--;
        if (end < 0 || padded[end] != 2) throw new GeneralSecurityException("the last record has no end");
        return new String(padded, 0, end, StandardCharsets.UTF_8);
    }

    /** HKDF-SHA-256 for at most 32 bytes: extract, then one round of expand. */
    private static byte[] hkdf(byte[] salt, byte[] input, byte[] info, int length) throws GeneralSecurityException {
        byte[] extracted = hmac(salt, input);
        return Arrays.copyOf(hmac(extracted, concat(info, new byte[] {1})), length);
    }

    private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text);
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) length += part.length;
        ByteBuffer whole = ByteBuffer.allocate(length);
        for (byte[] part : parts) whole.put(part);
        return whole.array();
    }
}
