package app.aicallservice.android.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import org.junit.Test;

public class NewsFeedTest {
    private static String call(int id, String fields) {
        return "{\"id\":" + id + ",\"callId\":\"c" + id + "\",\"callerNumber\":\"+49301\",\"callerName\":null,\"organisation\":null,\"source\":\"phone\",\"action\":null,\"isRead\":false"
            + fields + "}";
    }

    private static String list(String... calls) {
        return "{\"calls\":[" + String.join(",", calls) + "],\"nextCursor\":null,\"unread\":1}";
    }

    @Test
    public void tellsWhatIsNewOldestFirst() {
        NewsFeed feed = NewsFeed.read(list(call(9, ",\"action\":\"voicemail\""), call(8, ",\"callerName\":\"Anna\",\"organisation\":\"Dr. Keller\""), call(7, "")), 7);
        assertEquals(2, feed.items.size());
        assertEquals("Anna, Dr. Keller", feed.items.get(0).caller);
        assertFalse(feed.items.get(0).isMessage);
        assertEquals("c9", feed.items.get(1).callId);
        assertEquals("+49301", feed.items.get(1).caller);
        assertTrue(feed.items.get(1).isMessage);
        assertEquals(9, feed.lastId);
    }

    @Test
    public void stepsOverWhatIsNoNews() {
        NewsFeed feed = NewsFeed.read(list(call(12, ",\"isRead\":true"), call(11, ",\"source\":\"try\""), call(10, ",\"source\":\"app\"")), 3);
        assertTrue(feed.items.isEmpty());
        assertEquals(12, feed.lastId);
    }

    @Test
    public void neverGoesBack() {
        assertEquals(50, NewsFeed.read(list(call(4, "")), 50).lastId);
        assertEquals(50, NewsFeed.read(list(), 50).lastId);
    }

    @Test
    public void namesNobodyWhoWithholdsTheNumber() {
        assertNull(NewsFeed.read(list(call(1, ",\"callerNumber\":\"anonymous\"")), 0).items.get(0).caller);
    }

    @Test
    public void isNothingWhenTheAnswerCannotBeRead() {
        for (String answer : new String[] {"", "[]", "{}", "{\"calls\":7}", "{\"calls\":[{}]}", "<html>"}) assertNull(answer, NewsFeed.read(answer, 0));
    }
}
