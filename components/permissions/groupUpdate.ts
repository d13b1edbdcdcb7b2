/**
 * The condition keys of autoscaling:UpdateAutoScalingGroup that no update of ours has, of whatever kind the group is: its sizes,
 * its subnets, its capacity reservations. AWS has no keys for the rest of a group, such as its health checks. Source: Service
 * Authorization Reference, Amazon EC2 Auto Scaling.
 */
export const NOT_SENT = {
  "autoscaling:CapacityReservationIds": "true",
  "autoscaling:CapacityReservationResourceGroupArns": "true",
  "autoscaling:MaxSize": "true",
  "autoscaling:MinSize": "true",
  "autoscaling:VPCZoneIdentifiers": "true",
};
