import '../../strings/areas/account.ts'
import { ButtonLink } from '../../parts/button.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { Entry } from './entry.tsx'

export function SetUpClosed() {
  const { t } = useStrings()
  return (
    <Entry title={t('setup.used')} lead={t('setup.used_hint')}>
      <ButtonLink href="/login" look="main" wide>
        {t('login.submit')}
      </ButtonLink>
    </Entry>
  )
}
