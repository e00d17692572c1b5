package android.telecom;

import android.net.Uri;

public final class Call {
    public static class Details {
        public static final int DIRECTION_INCOMING = 0;

        public Uri getHandle() { throw new RuntimeException(); }
        public int getCallDirection() { throw new RuntimeException(); }
        public long getCreationTimeMillis() { throw new RuntimeException(); }
    }
}
