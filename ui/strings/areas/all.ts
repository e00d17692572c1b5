/** Every text at once, for a client that is one download anyway. */
import './account.ts'
import './calls.ts'
import './house.ts'
import './inbox.ts'
import './phone.ts'
import './push.ts'
import './service.ts'
