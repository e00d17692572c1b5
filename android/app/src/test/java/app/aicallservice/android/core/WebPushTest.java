package app.aicallservice.android.core;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.util.Base64;
import org.junit.Test;

/** The example of RFC 8291, section 5 and appendix A. */
public class WebPushTest {
    private static final byte[] BODY = bytes(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
            + "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");

    private static byte[] bytes(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    private static WebPush example() throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        BigInteger secret = new BigInteger(1, bytes("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"));
        PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(secret, curve.getParameterSpec(ECParameterSpec.class)));
        byte[] point = bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
        return new WebPush(key, point, bytes("BTBZMqHH6r4Tts7J_aSIgg"));
    }

    @Test
    public void opensTheExampleOfTheStandard() throws GeneralSecurityException {
        assertEquals("When I grow up, I want to be a watermelon", example().open(BODY));
    }

    /** push-message.txt: made by the library that the server sends with (web-push 3.6.7), for the keys of the example. */
    @Test
    public void opensWhatTheServersOwnLibraryMakes() throws Exception {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(getClass().getResourceAsStream("/push-message.txt"), "UTF-8"))) {
            PushMessage message = PushMessage.read(example().open(bytes(lines.readLine())));
            assertEquals("Jörg Müller ruft an", message.title);
            assertEquals("pbx-7", message.callId);
            assertEquals(2, message.orders.size());
        }
    }

    @Test
    public void opensItWithKeysThatWereKept() throws GeneralSecurityException {
        WebPush kept = WebPush.fromStored(example().toStored());
        assertArrayEquals(example().publicKey(), kept.publicKey());
        assertArrayEquals(example().auth(), kept.auth());
        assertEquals("When I grow up, I want to be a watermelon", kept.open(BODY));
    }

    @Test
    public void makesKeysOfItsOwnEachTime() throws GeneralSecurityException {
        WebPush first = WebPush.generate(new SecureRandom());
        assertEquals(65, first.publicKey().length);
        assertEquals(4, first.publicKey()[0]);
        assertEquals(16, first.auth().length);
        assertNotEquals(
            Base64.getEncoder().encodeToString(first.publicKey()),
            Base64.getEncoder().encodeToString(WebPush.generate(new SecureRandom()).publicKey()));
        assertThrows(GeneralSecurityException.class, () -> first.open(BODY));
    }

    @Test
    public void refusesAMessageThatWasChangedAnywhere() throws GeneralSecurityException {
        WebPush push = example();
        // Bytes 16 to 19 are the record size, which only bounds the record.
        for (int at = 0; at < BODY.length; at++) {
            if (at >= 16 && at < 20) continue;
            byte[] changed = BODY.clone();
            changed[at] ^= 1;
            assertThrows("byte " + at, GeneralSecurityException.class, () -> push.open(changed));
        }
    }

    @Test
    public void refusesAMessageThatIsCutShortOrTooLong() throws GeneralSecurityException {
        WebPush push = example();
        for (int length = 0; length < BODY.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(BODY, length);
            assertThrows("length " + length, GeneralSecurityException.class, () -> push.open(cut));
        }
        assertThrows(GeneralSecurityException.class, () -> push.open(new byte[5000]));
    }

    @Test
    public void refusesMoreThanOneRecord() throws GeneralSecurityException {
        WebPush push = example();
        byte[] small = BODY.clone();
        ByteBuffer.wrap(small).putInt(16, 20);
        assertThrows(GeneralSecurityException.class, () -> push.open(small));
    }

    @Test
    public void refusesASenderThatIsNotOnTheCurve() throws GeneralSecurityException {
        WebPush push = example();
        byte[] zero = BODY.clone();
        java.util.Arrays.fill(zero, 22, 86, (byte) 0);
        assertThrows(GeneralSecurityException.class, () -> push.open(zero));
    }

    @Test
    public void refusesStoredKeysThatAreDamaged() {
        assertThrows(GeneralSecurityException.class, () -> WebPush.fromStored(new byte[0]));
        assertThrows(GeneralSecurityException.class, () -> WebPush.fromStored(new byte[150]));
    }
}
