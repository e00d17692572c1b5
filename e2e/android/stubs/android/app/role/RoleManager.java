package android.app.role;

import android.content.Intent;

public final class RoleManager {
    public static final String ROLE_CALL_SCREENING = "android.app.role.CALL_SCREENING";

    public Intent createRequestRoleIntent(String roleName) { throw new RuntimeException(); }
    public boolean isRoleHeld(String roleName) { throw new RuntimeException(); }
}
