//! Every stream of the register, in one list. Whatever has to know all of them is made from it.

/// Hands every stream to a macro: its state, its module, its event.
#[macro_export]
macro_rules! for_every_stream {
    ($make:ident) => {
        $make! {
            Person person PersonEvent,
            Sentence sentence SentenceEvent,
            Order order OrderEvent,
            Supervision supervision SupervisionEvent,
            Policy policy PolicyEvent,
            Pretrial pretrial PretrialEvent,
            Diversion diversion DiversionEvent,
            Report report ReportEvent,
            Restorative restorative RestorativeEvent,
            Custody custody CustodyEvent,
            Release release ReleaseEvent,
            Emergency emergency EmergencyEvent,
            Facility facility FacilityEvent,
            Complaint complaint ComplaintEvent,
            Cooperation cooperation CooperationEvent,
            Finding finding FindingEvent,
            Register registry RegistryEvent,
        }
    };
}
