<%@ application language='VB' %>
<object runat=server id=a class=Shop.A scope=application></object>
<!-- <script runat="server"> -->
<script language="VB" runat="server">
Sub Application_Start
End Sub
</script>
<script src="x.js"></script>
