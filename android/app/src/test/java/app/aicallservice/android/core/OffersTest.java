package app.aicallservice.android.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;

import org.junit.Test;

public class OffersTest {
    private static Offers twoCalls() {
        Offers offers = Offers.fromStored("{}");
        offers.add("w1", "take", "a", 1000);
        offers.add("w2", "voicemail", "a", 1000);
        offers.add("w3", "take", "b", 1000);
        return Offers.fromStored(offers.toStored());
    }

    @Test
    public void giveTheOrderThatTheButtonStoodFor() {
        Offers.Offer offer = twoCalls().redeem("w2", 2000);
        assertEquals("voicemail", offer.order);
        assertEquals("a", offer.callId);
    }

    @Test
    public void countOnceAndForOneButtonOfACall() {
        Offers offers = twoCalls();
        assertNotNull(offers.redeem("w1", 2000));
        assertNull(offers.redeem("w1", 2000));
        assertNull(offers.redeem("w2", 2000));
        assertNotNull(Offers.fromStored(offers.toStored()).redeem("w3", 2000));
    }

    @Test
    public void runOut() {
        assertNull(twoCalls().redeem("w1", 1000 + Offers.LASTS_MS));
        assertNull(twoCalls().redeem("w1", 0));
        Offers offers = twoCalls();
        offers.add("w4", "take", "c", 1000 + Offers.LASTS_MS);
        assertEquals(-1, offers.toStored().indexOf("w3"));
        assertNotNull(offers.redeem("w4", 1000 + Offers.LASTS_MS));
    }

    @Test
    public void areNothingForAnyOtherWordOrDamagedText() {
        assertNull(twoCalls().redeem("", 2000));
        assertNull(twoCalls().redeem("guess", 2000));
        for (String text : new String[] {"", "[]", "{\"w1\":7}", "null"}) assertNull(text, Offers.fromStored(text).redeem("w1", 0));
    }
}
