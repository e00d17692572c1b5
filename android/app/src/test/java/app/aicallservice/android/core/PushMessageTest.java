package app.aicallservice.android.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import org.junit.Test;

public class PushMessageTest {
    @Test
    public void readsACallThatIsOnTheLine() {
        PushMessage message =
            PushMessage.read("{\"kind\":\"incoming\",\"title\":\"Anna is calling\",\"body\":\"Open to see it.\",\"call\":7,\"callId\":\"pbx-7\",\"actions\":[\"take\",\"voicemail\"]}");
        assertTrue(message.isIncoming());
        assertEquals("Anna is calling", message.title);
        assertEquals("pbx-7", message.callId);
        assertEquals(Arrays.asList("take", "voicemail"), message.orders);
    }

    @Test
    public void offersNoOrderThatItDoesNotKnow() {
        PushMessage message =
            PushMessage.read("{\"kind\":\"incoming\",\"title\":\"A\",\"body\":\"\",\"call\":7,\"callId\":\"x\",\"actions\":[\"block\",\"take\",\"take\",{}]}");
        assertEquals(Arrays.asList("take"), message.orders);
        PushMessage test = PushMessage.read("{\"kind\":\"test\",\"title\":\"A\",\"body\":\"B\",\"call\":null,\"callId\":null,\"actions\":[\"take\"]}");
        assertFalse(test.isIncoming());
        assertTrue(test.orders.isEmpty());
    }

    @Test
    public void isNothingWhenItCannotBeRead() {
        for (String text : new String[] {"", "null", "[]", "{}", "{\"title\":\"\"}", "{\"title\":\"only\"}", "Anna"}) assertNull(text, PushMessage.read(text));
    }
}
